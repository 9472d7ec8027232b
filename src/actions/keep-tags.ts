/** Keeps the tags that were set right through reloads and visits, in this browser: the last ones of all its tabs. */
import * as v from "valibot";
import { STEP_TAGS } from "../core/step-tags.ts";
import { type TagCorrections, tagCorrectionsStore } from "../state/tag-corrections.ts";
import { keepInStep } from "./keep-in-step.ts";
import { formatKept, parseKept } from "./kept-shapes.ts";
import type { KeptStore } from "./kept-store.ts";

const KEY = "tags";
const WRITE_WAIT_MS = 50;
/** Of the texts whose tags are kept, together; those that were corrected longest ago are forgotten. */
const MOST_CHARACTERS = 4_000_000;

const Index = v.pipe(v.number(), v.integer(), v.minValue(0));
const TagsShape = v.array(v.tuple([v.string(), v.array(v.tuple([Index, v.picklist(STEP_TAGS)]))]));

export function createTagKeeper(store: KeptStore) {
  let written: TagCorrections = new Map();

  const read = async (): Promise<TagCorrections> => {
    const kept = parseKept(TagsShape, await store.get(KEY)) ?? [];
    return new Map(kept.map(([key, tags]) => [key, new Map(tags)]));
  };

  const write = async () => {
    const state = tagCorrectionsStore.getState();
    const changed = [...state].filter(([key, corrections]) => corrections !== written.get(key));
    if (changed.length === 0) {
      return;
    }
    // Another tab may have written meanwhile.
    const all = new Map(await read());
    for (const [key, corrections] of changed) {
      all.delete(key);
      all.set(key, corrections);
    }
    let characters = 0;
    const lasting = [...all]
      .filter(([, corrections]) => corrections.size > 0)
      .reverse()
      .filter(([key]) => {
        characters += key.length;
        return characters <= MOST_CHARACTERS;
      })
      .reverse();
    await store.set(KEY, formatKept(lasting.map(([key, corrections]) => [key, [...corrections]])));
    written = state;
  };

  return {
    /** Puts back what was kept; what was corrected by then stays. */
    recall: async () => {
      const kept = await read();
      const state = tagCorrectionsStore.getState();
      written = kept;
      tagCorrectionsStore.setState(new Map([...kept, ...state]), true);
    },
    start: () => {
      const keep = keepInStep(write, WRITE_WAIT_MS);
      tagCorrectionsStore.subscribe(keep);
      keep();
    },
  };
}
