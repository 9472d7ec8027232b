import { readFileSync } from "node:fs";

/**
 * The most memory that this process has had, in bytes. On Linux `maxRSS` begins at what the process had that
 * started it, before it became another program; the kernel's high-water mark of the program itself does not.
 */
export function peakMemory() {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes !== undefined) {
      return Number(kilobytes) * 1024;
    }
  } catch {
    // No Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
