import type { EngineHost } from "./host.ts";
import { webDevices } from "./web-devices.ts";
import { provideWebModel } from "./web-files.ts";

/** The engine's surroundings in a browser worker. */
export const webHost: EngineHost = { provideModel: provideWebModel, devices: webDevices };
