/** Many chains, scored by one model and then by another: what either has said stays. */
import { beforeEach, expect, it } from "vitest";
import type { ScoreRequest } from "../core/scorer.ts";
import type { ScoredTrace } from "../core/trace.ts";
import { candidatesStore, editDraft, NO_CANDIDATES } from "../state/candidates.ts";
import { engineStore, idle } from "../state/engine-status.ts";
import { modelChoiceStore } from "../state/model-choice.ts";
import { modelSides, modelsOf } from "../state/model-groups.ts";
import { identityOf, readIdentity } from "../state/model-identity.ts";
import { NO_RUN, runsStore } from "../state/runs.ts";
import { EMPTY_SHELF, shelfStore } from "../state/shelf.ts";
import { finishedRun, sourceWith } from "../state/testing/finished-run.ts";
import { EMPTY_WORKSPACE, workspaceStore } from "../state/workspace.ts";
import {
  forgetScores,
  putCandidatesAway,
  scoreCandidates,
  stopCandidates,
  takeCandidates,
} from "./candidates.ts";
import { chooseModel } from "./choose-model.ts";
import type { ActionContext } from "./context.ts";
import { changeDraft } from "./look-at-candidates.ts";
import { shelve } from "./shelf.ts";
import { stubPage } from "./testing/page.ts";
import { EMBEDDED, MODEL, NOT_COUNTED, NOTHING_ELSE } from "./testing/scoring.ts";

const SETTINGS = { alpha: 1, usesSteps: true, usesTrajectory: true };
const OTHER = { id: "other", location: "https://example.org/models/other/" };
const [OWN, OTHERS] = [
  identityOf({ modelKey: EMBEDDED.id, digest: MODEL.digest }),
  identityOf({ modelKey: OTHER.id, digest: MODEL.digest }),
];
const TEXT = "a\n\nb\n---\nc";

function result({ steps }: ScoreRequest, reward: number): ScoredTrace {
  return {
    steps: steps.map((_, index) => ({ index, reward, read: { tokens: [0, 1], positions: [], logits: [] } })),
    stepCount: steps.length,
    prompt: { text: "", ids: [], tokens: [] },
    timing: { forward: 1, tokens: 1, reused: 0, chunks: 1 },
  };
}

/** The embedded model gives 0.5, the other one -0.25. */
function contextWith(onScore: () => void = () => undefined): ActionContext {
  let isOther = false;
  return {
    scorer: {
      load: async ({ model: { id } }) => {
        isOther = id === OTHER.id;
        return isOther ? { ...MODEL, id, protocol: "pure-prm" } : MODEL;
      },
      score: async (request) => {
        onScore();
        return result(request, isOther ? -0.25 : 0.5);
      },
      countTokens: NOT_COUNTED,
    },
    ...NOTHING_ELSE,
  };
}

const entries = () => candidatesStore.getState().all.map((candidate) => ({ candidate }));

function stepsOf(a: string, b: string) {
  const { sides, chains } = modelSides(entries(), [a, b], "steps", "mean", SETTINGS);
  return { values: sides.map(({ values }) => values), ranges: sides.map(({ range }) => range), chains };
}

const OF_BOTH = {
  values: [
    [0.5, 0.5, 0.5],
    [-0.25, -0.25, -0.25],
  ],
  ranges: [
    [0, 1],
    [-1, 1],
  ],
  chains: 2,
};

beforeEach(() => {
  stubPage();
  putCandidatesAway();
  shelfStore.setState(EMPTY_SHELF, true);
  candidatesStore.setState(editDraft(NO_CANDIDATES, { problem: "p", text: TEXT }), true);
  engineStore.setState(idle(EMBEDDED.id), true);
  modelChoiceStore.setState(EMBEDDED, true);
  runsStore.setState(NO_RUN, true);
  workspaceStore.setState(EMPTY_WORKSPACE, true);
});

it("keeps both when candidates are scored, another model is used, and they are scored again", async () => {
  const ctx = contextWith();
  await scoreCandidates(ctx);
  expect(modelsOf(entries())).toEqual([OWN]);
  chooseModel(ctx, OTHER);
  // More runs than the shelf holds: nothing of the first model is left there.
  shelfStore.setState(EMPTY_SHELF, true);
  await scoreCandidates(ctx);
  expect(candidatesStore.getState().all.map(({ run }) => run.modelKey)).toEqual([OTHER.id, OTHER.id]);
  expect(modelsOf(entries())).toEqual([OWN, OTHERS]);
  expect(stepsOf(OWN, OTHERS)).toEqual(OF_BOTH);

  // And back again: the first one's come last now, the other's stay.
  chooseModel(ctx, EMBEDDED);
  await scoreCandidates(ctx);
  expect(modelsOf(entries())).toEqual([OTHERS, OWN]);
  expect(stepsOf(OWN, OTHERS)).toEqual(OF_BOTH);
});

it("counts what both have scored where the second model was stopped", async () => {
  const ctx = contextWith();
  await scoreCandidates(ctx);
  chooseModel(ctx, OTHER);
  const stopping = contextWith(stopCandidates);
  chooseModel(stopping, OTHER);
  await scoreCandidates(stopping);
  expect(candidatesStore.getState().status).toBe("stopped");
  expect(stepsOf(OWN, OTHERS)).toMatchObject({ chains: 1 });
});

it("keeps those of chains that stay when others join them, and none of a chain that was changed", async () => {
  const ctx = contextWith();
  await scoreCandidates(ctx);
  chooseModel(ctx, OTHER);
  changeDraft({ text: "changed\n---\nc\n---\nnew" });
  await scoreCandidates(ctx);
  expect(stepsOf(OWN, OTHERS)).toMatchObject({ values: [[0.5], [-0.25]], chains: 1 });
});

it("finds what two models have said of a file's chains, one by one, when they are taken as candidates", () => {
  const sources = ["a\n\nb", "c"].map((chain) => sourceWith(chain));
  for (const source of sources) {
    shelve(finishedRun(source, OTHER.id, 0));
    shelve(finishedRun(source, EMBEDDED.id));
  }
  takeCandidates(
    sources.map(({ problem, chain }, index) => ({ id: String(index), problem, chain, rest: {} })),
  );
  expect(modelsOf(entries())).toEqual([OTHER.id, EMBEDDED.id]);
  expect(stepsOf(OTHER.id, EMBEDDED.id).values).toEqual([
    [0.1, 0.9, 0.1],
    [0.9, 0.9, 0.9],
  ]);
});

const STORED = { id: "own", stored: "own--fp32" };

/** A model of one key, with these weights and this reward. */
function contextOf(digest: string, reward: number): ActionContext {
  const ctx = contextWith();
  const load = async () => ({ ...MODEL, digest });
  return { ...ctx, scorer: { ...ctx.scorer, load, score: async (request) => result(request, reward) } };
}

it("takes nothing that a deleted model has scored for what another one under its name would", async () => {
  const old = contextOf("old", 0.5);
  modelChoiceStore.setState(STORED, true);
  await scoreCandidates(old);
  // Chosen and asked to score before it is loaded: until then nobody knows that it is another one.
  const today = contextOf("new", 0.25);
  engineStore.setState(idle(STORED.id), true);
  changeDraft({ text: `${TEXT}\n---\nnew` });
  await scoreCandidates(today);
  const { all, status } = candidatesStore.getState();
  expect(status).toBe("done");
  expect(all.map(({ run }) => run.digest)).toEqual(["new", "new", "new"]);
  expect(all.flatMap(({ run }) => run.scores.map((score) => score?.reward))).toEqual([
    0.25, 0.25, 0.25, 0.25,
  ]);
  const models = modelsOf(entries());
  expect(models.map(readIdentity)).toEqual([
    { modelKey: STORED.stored, digest: "old" },
    { modelKey: STORED.stored, digest: "new" },
  ]);
  expect(stepsOf(models[0] ?? "", models[1] ?? "").values).toEqual([
    [0.5, 0.5, 0.5],
    [0.25, 0.25, 0.25],
  ]);
});

it("shows one model's scores alone where one key has stood for two", () => {
  modelChoiceStore.setState(STORED, true);
  const [first, second] = ["a\n\nb", "c"].map((chain) => sourceWith(chain));
  if (first === undefined || second === undefined) {
    throw new Error("two sources");
  }
  shelve({ ...finishedRun(second, STORED.stored), digest: "new" });
  shelve({ ...finishedRun(second, STORED.stored, 0), digest: "old" });
  shelve({ ...finishedRun(first, STORED.stored), digest: "new" });
  engineStore.setState({ kind: "ready", modelId: STORED.id, model: { ...MODEL, digest: "new" } }, true);
  takeCandidates(
    [first, second].map(({ problem, chain }, index) => ({ id: String(index), problem, chain, rest: {} })),
  );
  expect(candidatesStore.getState().all.map(({ run }) => run.digest)).toEqual(["new", "new"]);
  engineStore.setState(idle(STORED.id), true);
  takeCandidates(
    [first, second].map(({ problem, chain }, index) => ({ id: String(index), problem, chain, rest: {} })),
  );
  expect(candidatesStore.getState().all.map(({ run }) => run.digest)).toEqual(["new", "new"]);
});

it("lets go of both when the results are cleared", async () => {
  const ctx = contextWith();
  await scoreCandidates(ctx);
  chooseModel(ctx, OTHER);
  await scoreCandidates(ctx);
  forgetScores();
  await scoreCandidates(ctx);
  expect(modelsOf(entries())).toEqual([OTHERS]);
});
