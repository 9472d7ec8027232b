import { expect, it } from "vitest";
import { EMBEDDED_MODEL, EMBEDDED_NAME } from "./model-choice.ts";
import { modelName } from "./model-names.ts";

it("calls a model what the list of models calls it, and by its key where that is all there is", () => {
  const stored = {
    key: "owner--prm--q4",
    id: "owner/prm",
    name: "owner/prm",
    protocol: "trl-prm",
    dtype: "q4",
    licence: "mit",
    size: 1,
  } as const;
  const contents = {
    models: [stored],
    unfinished: [],
    damaged: [],
    device: { gpu: undefined, memory: undefined, storage: undefined },
    used: 0,
  };
  expect(modelName(stored.key, contents)).toBe("owner/prm, q4");
  expect(modelName(stored.key, undefined)).toBe("owner--prm--q4");
  expect(modelName(EMBEDDED_MODEL, undefined)).toBe(EMBEDDED_NAME);
  expect(modelName("other", contents)).toBe("other");
});
