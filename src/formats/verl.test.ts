import { expect, it } from "vitest";
import { readText } from "./read-text.ts";

const problemOf = (input: string) =>
  readText(JSON.stringify({ input, output: "a", score: 1, step: 1 }), "data").records[0]?.problem;

it("takes for the problem what the user says, where that is told from the rest", () => {
  expect(problemOf("system\nBe short.\nuser\nWhich?\n\nSay.\nassistant\n")).toBe("Which?\n\nSay.");
  expect(problemOf("user\nWhich?\nassistant\n<think>\n")).toBe("Which?");
});

it.each([
  // A line of the question, or another turn: both look the same.
  "system\nBe short.\nuser\nThe table has the columns\nuser\nand\nage. How many rows?\nassistant\n",
  "user\nOne?\nassistant\nYes.\nuser\nTwo?\nassistant\n",
  "system\nYou serve one\nuser\nalone.\nuser\nWhich?\nassistant\n",
  "Say what follows.\nuser\nWhich?\nassistant\n",
])("takes all of a prompt whose turns cannot be told", (input) => {
  expect(problemOf(input)).toBe(input);
});
