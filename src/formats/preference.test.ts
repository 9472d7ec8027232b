import { describe, expect, it } from "vitest";
import { readText } from "./read-text.ts";

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

function read(row: object) {
  return readText(JSON.stringify(row), "data");
}

describe("a row of a chosen and a rejected answer", () => {
  it("is two chains of its last question, and no earlier turn is one of them", () => {
    const { records, report } = read({
      conversations: [
        { from: "human", value: "What is 12 / 4?" },
        { from: "gpt", value: "3." },
        { from: "human", value: "And 12 / 5?" },
      ],
      chosen: { from: "gpt", value: "2.4." },
      rejected: { from: "gpt", value: "2.5." },
    });
    expect(report).toMatchObject({ format: "preference", problemCount: 0 });
    expect(records.map(({ id, problem, chain }) => [id, problem, chain])).toEqual([
      ["1 chosen", "And 12 / 5?", "2.4."],
      ["1 rejected", "And 12 / 5?", "2.5."],
    ]);
  });

  it("is not read as a conversation where its answers are of no known layout", () => {
    const { records } = read({
      conversations: [
        { from: "human", value: "What is 12 / 4?" },
        { from: "gpt", value: "3." },
        { from: "human", value: "And 12 / 5?" },
      ],
      chosen: { said: "2.4." },
      rejected: { said: "2.5." },
    });
    expect(records.map(({ chain }) => chain)).not.toContain("3.");
  });

  it.each([
    ["scores", { prompt: "p", chosen: "a", rejected: "b", score_chosen: 9, score_rejected: 1 }],
    ["an answer", { prompt: "p", chosen: "a", rejected: "b", answer: "a" }],
    ["models", { prompt: "p", chosen: "a", rejected: "b", chosen_model: "m", rejected_model: "n" }],
  ])("is not said to be right or wrong by %s", (_, row) => {
    for (const record of read(row).records) {
      expect(record).not.toHaveProperty("isCorrect");
      expect(record).not.toHaveProperty("labels");
      expect(record).not.toHaveProperty("firstError");
    }
  });

  it("keeps a prompt that its conversations differ from", () => {
    const row = {
      prompt: "p",
      chosen: [user("p"), assistant("a"), user("q"), assistant("b")],
      rejected: [user("p"), assistant("c")],
    };
    expect(read(row).records).toEqual([
      { id: "1 chosen", problem: "q", chain: "b", rest: { prompt: "p", chosen: row.chosen } },
      { id: "1 rejected", problem: "p", chain: "c", rest: {} },
    ]);
  });

  it("holds its problem where both texts begin alike and nothing asks", () => {
    const isInChain = (row: object) => read(row).records.map((record) => record.isProblemInChain);
    expect(isInChain({ chosen: "The sky is blue.", rejected: "The sky is green." })).toEqual([true, true]);
    expect(isInChain({ chosen: "Blue.", rejected: "Green." })).toEqual([undefined, undefined]);
    expect(isInChain({ prompt: "p", chosen: "It is blue.", rejected: "It is green." })).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("is listed where it has no answer", () => {
    const problemsOf = (row: object) => read(row).report.problems.map(({ message }) => message);
    expect(problemsOf({ prompt: "p", chosen: [user("p")], rejected: [assistant("b")] })).toEqual([
      'its "chosen" has no answer',
    ]);
    expect(problemsOf({ prompt: "p", chosen: "", rejected: " " })).toEqual([
      'neither its "chosen" nor its "rejected" says anything',
    ]);
  });
});
