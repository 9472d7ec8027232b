import type { Intake } from "../../core/intake.ts";

/** For what reads no files. */
export const NO_INTAKE: Intake = { read: () => Promise.reject(new Error("reads no files")) };
