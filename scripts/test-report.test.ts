import { describe, expect, it } from "vitest";

// Not a literal: the root tsconfig does not read JavaScript, scripts/tsconfig.json does.
const report = await import(new URL("./test-report.mjs", import.meta.url).href);

const vitest = (...files: readonly { status: string; tests: readonly string[] }[]) => ({
  testResults: files.map(({ status, tests }, index) => ({
    name: `f${index}.test.ts`,
    status,
    message: "SyntaxError: oops\n  at somewhere",
    assertionResults: tests.map((test) => ({ fullName: `a ${test} test`, status: test })),
  })),
});

const playwright = (...statuses: readonly string[]) => ({
  errors: [],
  suites: [
    {
      title: "open.spec.ts",
      specs: [],
      suites: [
        {
          title: "opening",
          specs: statuses.map((status, line) => ({
            title: `a ${status} test`,
            file: "open.spec.ts",
            line,
            tests: [{ status }],
          })),
        },
      ],
    },
  ],
});

describe("outcomeOfVitest", () => {
  it("counts passed, failed and skipped tests", () => {
    const files = vitest(
      { status: "passed", tests: ["passed", "passed", "pending"] },
      { status: "failed", tests: ["passed", "failed", "todo"] },
    );
    expect(report.outcomeOfVitest(files, 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
      failures: ["f1.test.ts: a failed test"],
    });
  });

  it("counts a file that could not be loaded as one failure", () => {
    const outcome = report.outcomeOfVitest(vitest({ status: "failed", tests: [] }), 1);
    expect(outcome).toMatchObject({ passed: 0, failed: 1, failures: ["f0.test.ts: SyntaxError: oops"] });
  });

  it("counts an exit code that no test explains", () => {
    const outcome = report.outcomeOfVitest(vitest({ status: "passed", tests: ["passed"] }), 1);
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(report.outcomeOfVitest(undefined, 134)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe("outcomeOfPlaywright", () => {
  it("counts nested specs; a test that passed when repeated has passed", () => {
    const outcome = report.outcomeOfPlaywright(playwright("expected", "flaky", "skipped", "unexpected"), 1);
    expect(outcome).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      failures: ["e2e/open.spec.ts:3: a unexpected test"],
    });
  });

  it("tells the error when nothing could run", () => {
    const broken = { suites: [], errors: [{ message: "Error: No tests found\nmore" }] };
    expect(report.outcomeOfPlaywright(broken, 1)).toMatchObject({
      failed: 1,
      failures: ["Error: No tests found (exit code 1)"],
    });
  });
});

describe("the closing line", () => {
  const total = report.addOutcomes([
    report.outcomeOfCheck([]),
    report.outcomeOfCheck(["tsc -p tsconfig.json", "tsc -p src/core/tsconfig.json"]),
    report.outcomeOfPlaywright(playwright("expected", "expected"), 0),
  ]);

  it("counts a check once however much it complains, and lists every complaint", () => {
    expect(report.closingLine(total)).toBe("3 passed, 1 failed");
    expect(total.failures).toHaveLength(2);
  });

  it("mentions skipped tests only when there are some", () => {
    expect(report.closingLine({ ...total, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
  });

  it("succeeds only when something ran and nothing failed", () => {
    expect(report.exitCodeOf(total)).toBe(1);
    expect(report.exitCodeOf(report.addOutcomes([]))).toBe(1);
    expect(report.exitCodeOf(report.outcomeOfCheck([]))).toBe(0);
  });
});

describe("readSelection", () => {
  const stages = ["types", "unit", "e2e"];

  it("selects all stages, or those named in their own order", () => {
    expect(report.readSelection([], stages)).toEqual({ selected: stages, extra: [] });
    expect(report.readSelection(["e2e", "types"], stages)).toEqual({ selected: ["types", "e2e"], extra: [] });
  });

  it("hands the rest to the one stage named", () => {
    const expected = { selected: ["unit"], extra: ["src/core", "-t", "x"] };
    expect(report.readSelection(["unit", "src/core", "-t", "x"], stages)).toEqual(expected);
    expect(report.readSelection(["unit", "--", "src/core", "-t", "x"], stages)).toEqual(expected);
  });

  it("refuses arguments that belong to no stage", () => {
    expect(report.readSelection(["unti"], stages)).toHaveProperty("problem");
    expect(report.readSelection(["unit", "e2e", "-u"], stages)).toHaveProperty("problem");
  });
});
