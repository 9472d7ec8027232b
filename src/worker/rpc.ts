/**
 * Calls over a port, typed by one interface. Every method is `(params, ctx) => Promise<result>` with
 * `ctx = { signal, emit }`, so progress and cancellation are part of each call's type. Knows nothing of
 * scoring. `Port` is what a `Worker`, a worker's `self` and a `MessagePort` share.
 */
import { AppError, fromWire, toWire, type WireError } from "../core/errors.ts";
import type { CallContext } from "../core/scorer.ts";

export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  start?(): void;
}

type ToService =
  | { readonly kind: "call"; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: "abort"; readonly id: number };

type ToCaller =
  | { readonly kind: "event"; readonly id: number; readonly event: unknown }
  | { readonly kind: "done"; readonly id: number; readonly result: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly error: WireError };

type Method = (params: unknown, ctx: CallContext<unknown>) => Promise<unknown>;

/** Names of the methods of S, to be listed once where a proxy is made. */
export type MethodName<S> = keyof S & string;

/** Answers calls on `port` with the methods of `service`. */
export function serve<S extends object>(port: Port, service: S): void {
  const running = new Map<number, AbortController>();
  const answer = (message: ToCaller) => port.postMessage(message);
  port.addEventListener("message", ({ data }) => {
    // Both ends are this file: the message is what `connect` sent.
    const message = data as ToService;
    if (message.kind === "abort") {
      running.get(message.id)?.abort();
      return;
    }
    const { id, method, params } = message;
    const controller = new AbortController();
    running.set(id, controller);
    const call = async () => {
      const target: unknown = Reflect.get(service, method);
      if (typeof target !== "function") {
        throw new Error(`no method "${method}"`);
      }
      // The caller's proxy is typed by S, so the method takes what is handed on here.
      return (target as Method).call(service, params, {
        signal: controller.signal,
        emit: (event) => answer({ kind: "event", id, event }),
      });
    };
    call()
      .then(
        (result) => answer({ kind: "done", id, result }),
        (thrown) => answer({ kind: "failed", id, error: toWire(thrown) }),
      )
      // A result that cannot be cloned must still settle the caller's promise.
      .catch((thrown) => answer({ kind: "failed", id, error: toWire(thrown) }))
      .finally(() => running.delete(id));
  });
  port.start?.();
}

interface Pending {
  readonly emit: (event: unknown) => void;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AppError) => void;
}

export interface Connection<S> {
  readonly service: S;
  /** Rejects every call under way, and every later one, with this error. */
  fail(error: AppError): void;
}

/** A proxy of S over `port`. */
export function connect<S extends object>(port: Port, methods: readonly MethodName<S>[]): Connection<S> {
  const pending = new Map<number, Pending>();
  let failure: AppError | undefined;
  let lastId = 0;
  const fail = (error: AppError) => {
    failure = error;
    for (const { reject } of pending.values()) {
      reject(error);
    }
    pending.clear();
  };
  port.addEventListener("message", ({ data }) => {
    const message = data as ToCaller;
    const call = pending.get(message.id);
    if (message.kind === "event") {
      call?.emit(message.event);
      return;
    }
    pending.delete(message.id);
    if (message.kind === "done") {
      call?.resolve(message.result);
    } else {
      call?.reject(fromWire(message.error));
    }
  });
  port.start?.();

  const call = (method: string, params: unknown, ctx: CallContext<unknown>): Promise<unknown> => {
    if (failure !== undefined) {
      return Promise.reject(failure);
    }
    lastId += 1;
    const id = lastId;
    const send = (message: ToService) => port.postMessage(message);
    const abort = () => send({ kind: "abort", id });
    return new Promise<unknown>((resolve, reject) => {
      pending.set(id, { emit: ctx.emit, resolve, reject });
      try {
        send({ kind: "call", id, method, params });
      } catch (thrown) {
        pending.delete(id);
        reject(AppError.from(thrown));
        return;
      }
      if (ctx.signal.aborted) {
        abort();
      }
      ctx.signal.addEventListener("abort", abort);
    }).finally(() => ctx.signal.removeEventListener("abort", abort));
  };
  const service = Object.fromEntries(
    methods.map((method) => [
      method,
      (params: unknown, ctx: CallContext<unknown>) => call(method, params, ctx),
    ]),
  );
  // Each listed method forwards to the same method of an S on the far side.
  return { service: service as S, fail };
}
