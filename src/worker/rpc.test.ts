import { afterEach, expect, it } from "vitest";
import { AppError } from "../core/errors.ts";
import type { CallContext } from "../core/scorer.ts";
import { connect, serve } from "./rpc.ts";

interface Counter {
  count(params: { to: number }, ctx: CallContext<number>): Promise<string>;
  fail(params: null, ctx: CallContext<never>): Promise<never>;
  wait(params: null, ctx: CallContext<never>): Promise<string>;
  unclonable(params: unknown, ctx: CallContext<never>): Promise<unknown>;
}

const counter: Counter = {
  count: ({ to }, { emit }) => {
    for (let index = 1; index <= to; index += 1) {
      emit(index);
    }
    return Promise.resolve(`counted to ${to}`);
  },
  fail: () => Promise.reject(new AppError("malformed-file", "cut short", { file: "a.onnx" })),
  wait: (_, { signal }) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve("stopped, kept what was there"))),
  unclonable: () => Promise.resolve(() => undefined),
};

const channels: MessageChannel[] = [];

/** A real channel, so that structured clone is in the way as it is between threads. */
function open() {
  const channel = new MessageChannel();
  channels.push(channel);
  serve<Counter>(channel.port1, counter);
  return connect<Counter>(channel.port2, ["count", "fail", "wait", "unclonable"]);
}

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

function context<E>(signal = new AbortController().signal) {
  const events: E[] = [];
  return { events, signal, emit: (event: E) => events.push(event) };
}

it("brings results and events back", async () => {
  const ctx = context<number>();
  expect(await open().service.count({ to: 3 }, ctx)).toBe("counted to 3");
  expect(ctx.events).toEqual([1, 2, 3]);
});

it("keeps an error's code, message and details", async () => {
  await expect(open().service.fail(null, context())).rejects.toMatchObject({
    code: "malformed-file",
    message: "cut short",
    details: { file: "a.onnx" },
  });
});

it("carries an abort to the other side, which may still answer", async () => {
  const stop = new AbortController();
  const waiting = open().service.wait(null, context(stop.signal));
  stop.abort();
  expect(await waiting).toBe("stopped, kept what was there");
});

it("carries an abort from before the call", async () => {
  expect(await open().service.wait(null, context(AbortSignal.abort()))).toMatch(/stopped/);
});

it("rejects what cannot be cloned, both ways, instead of hanging", async () => {
  await expect(open().service.unclonable(() => undefined, context())).rejects.toThrow(/could not be cloned/);
  await expect(open().service.unclonable(null, context())).rejects.toThrow(/could not be cloned/);
});

it("rejects every call under way and after it when the thread is gone", async () => {
  const connection = open();
  const waiting = connection.service.wait(null, context());
  connection.fail(new AppError("worker-crashed", "the worker stopped"));
  await expect(waiting).rejects.toMatchObject({ code: "worker-crashed" });
  await expect(connection.service.count({ to: 1 }, context())).rejects.toMatchObject({
    code: "worker-crashed",
  });
});
