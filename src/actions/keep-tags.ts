/**
 * Keeps the tags that were set right through reloads and visits, in this browser: the last ones of all its tabs. Nothing
 * of the texts is written down, and nothing at all of one that a person has cleared.
 */
import * as v from "valibot";
import { fingerprint } from "../core/fingerprint.ts";
import { STEP_TAGS } from "../core/step-tags.ts";
import {
  type Corrections,
  clearedTextsStore,
  mergeCorrections,
  NO_CORRECTIONS,
  type TagCorrections,
  tagCorrectionsStore,
  takeBackCleared,
} from "../state/tag-corrections.ts";
import { workspaceStore } from "../state/workspace.ts";
import { keepInStep } from "./keep-in-step.ts";
import { formatKept, parseKept } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";

const KEY = "tags";
const WRITE_WAIT_MS = 50;
/** Those that were corrected longest ago are forgotten. */
const MOST_TEXTS = 10_000;

const Index = v.pipe(v.number(), v.integer(), v.minValue(0));
const TagsShape = v.array(v.tuple([v.string(), v.array(v.tuple([Index, v.picklist(STEP_TAGS)]))]));

/** Earlier versions wrote down the texts themselves, as a list in JSON. */
function isWholeText(key: string): boolean {
  return key.startsWith("[");
}

function parseTags(text: string | undefined): {
  readonly tags: TagCorrections;
  readonly holdsTexts: boolean;
} {
  const kept = parseKept(TagsShape, text) ?? [];
  return {
    tags: new Map(kept.map(([key, tags]) => [isWholeText(key) ? fingerprint(key) : key, new Map(tags)])),
    holdsTexts: kept.some(([key]) => isWholeText(key)),
  };
}

function formatTags(tags: TagCorrections): string {
  const lasting = [...tags].filter(([, corrections]) => corrections.size > 0).slice(-MOST_TEXTS);
  return formatKept(lasting.map(([key, corrections]) => [key, [...corrections]]));
}

export function createTagKeeper(store: KeptStore) {
  /** What this tab has read or written last: what differs from it was changed here. */
  let written: TagCorrections = new Map();

  const write = async () => {
    const state = tagCorrectionsStore.getState();
    const cleared = clearedTextsStore.getState();
    const before = (key: string): Corrections => written.get(key) ?? NO_CORRECTIONS;
    const lasting = new Map([...state].filter(([key]) => !cleared.has(key)));
    const changed = [...lasting].filter(([key, corrections]) => corrections !== written.get(key));
    const gone = [...written.keys()].filter((key) => cleared.has(key));
    if (changed.length === 0 && gone.length === 0) {
      return;
    }
    // Another tab may have written meanwhile, of the same text too.
    await store.update(KEY, (text) => {
      const all = new Map(parseTags(text).tags);
      for (const key of gone) {
        all.delete(key);
      }
      for (const [key, corrections] of changed) {
        const kept = all.get(key) ?? NO_CORRECTIONS;
        all.delete(key);
        all.set(key, mergeCorrections(kept, before(key), corrections));
      }
      return formatTags(all);
    });
    written = lasting;
  };

  return {
    /** Puts back what was kept; what was corrected by then stays. */
    recall: async () => {
      const { tags, holdsTexts } = parseTags(await store.get(KEY));
      const state = tagCorrectionsStore.getState();
      const here = [...state].map(
        ([key, own]) =>
          [key, mergeCorrections(tags.get(key) ?? NO_CORRECTIONS, NO_CORRECTIONS, own)] as const,
      );
      written = tags;
      tagCorrectionsStore.setState(new Map([...tags, ...here]), true);
      if (holdsTexts) {
        await store.update(KEY, (text) => formatTags(parseTags(text).tags));
      }
    },
    start: () => {
      const keep = keepInStep(write, WRITE_WAIT_MS);
      tagCorrectionsStore.subscribe(keep);
      clearedTextsStore.subscribe(keep);
      workspaceStore.subscribe((text) => {
        clearedTextsStore.setState((cleared) => takeBackCleared(cleared, text), true);
      });
      keep();
    },
  };
}
