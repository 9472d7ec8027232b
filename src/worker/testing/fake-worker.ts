import { type Port, serve } from "../rpc.ts";

/** A thread's end of a channel with what is used of a Worker. The service answers in this thread. */
export function fakeWorker<S extends object>(
  service: S,
): Port & Pick<Worker, "addEventListener" | "terminate"> {
  const { port1, port2 } = new MessageChannel();
  serve(port1, service);
  return {
    addEventListener: port2.addEventListener.bind(port2),
    postMessage: (message: unknown) => port2.postMessage(message),
    start: () => port2.start(),
    terminate: () => {
      port1.close();
      port2.close();
    },
  };
}
