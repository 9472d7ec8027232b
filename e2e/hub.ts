/** The Hub for browser tests: the page asks the real address, and a server of this machine answers. */
import { fileURLToPath } from "node:url";
import type { BrowserContext, Route } from "@playwright/test";
import { HubServer, type HubServerOptions } from "../src/hub/testing/hub-server.ts";

const HUB = "https://huggingface.co";

export function checkpointFolder(name: string): string {
  return fileURLToPath(new URL(`fixtures/checkpoints/${name}`, import.meta.url));
}

export interface RoutedHub {
  readonly server: HubServer;
  /** Holds every answer about a file back until the returned function is called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

/** Answers all requests of a browser to the Hub from folders. */
export async function routeHub(
  context: BrowserContext,
  repositories: HubServerOptions["repositories"],
): Promise<RoutedHub> {
  const server = await HubServer.start({ repositories });
  const held = new Map<string, Promise<void>>();
  await context.route(`${HUB}/**`, async (route: Route) => {
    const { pathname, search } = new URL(route.request().url());
    const name = decodeURIComponent(pathname).split("/").at(-1) ?? "";
    await held.get(name);
    try {
      const response = await route.fetch({ url: `${server.url}${pathname}${search}` });
      await route.fulfill({ response });
    } catch {
      // The page went away, or the test cut the connection.
      await route.abort("connectionreset").catch(() => undefined);
    }
  });
  return {
    server,
    hold: (path) => {
      let release: () => void = () => undefined;
      held.set(path, new Promise((resolve) => (release = resolve)));
      return () => {
        held.delete(path);
        release();
      };
    },
    close: () => server.close(),
  };
}
