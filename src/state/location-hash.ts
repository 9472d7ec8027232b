/** The URL hash: a place to come back to. Steps count from 1 here, because people read it. */
import { AGGREGATES, type AggregateId } from "../core/aggregate/index.ts";
import type { Probability, StepIndex } from "../core/units.ts";
import { COVERS, type Cover } from "./cover.ts";

export interface Place {
  readonly example: string | undefined;
  readonly step: StepIndex | undefined;
  readonly threshold: Probability | undefined;
  readonly aggregate: AggregateId | undefined;
  /** What covers the run. */
  readonly page: Cover | undefined;
}

export const NOWHERE: Place = {
  example: undefined,
  step: undefined,
  threshold: undefined,
  aggregate: undefined,
  page: undefined,
};

function readNumber(text: string | null): number | undefined {
  return text === null || text.trim() === "" || !Number.isFinite(Number(text)) ? undefined : Number(text);
}

/** Reads a hash; what is missing or makes no sense is left out. */
export function parseHash(hash: string): Place {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const step = readNumber(fields.get("step"));
  const threshold = readNumber(fields.get("threshold"));
  return {
    example: fields.get("example") ?? undefined,
    step: step !== undefined && Number.isInteger(step) && step >= 1 ? step - 1 : undefined,
    threshold: threshold !== undefined && threshold >= -1 && threshold <= 1 ? threshold : undefined,
    aggregate: AGGREGATES.find((aggregate) => aggregate.id === fields.get("aggregate"))?.id,
    page: COVERS.find((cover) => cover === fields.get("page")),
  };
}

/** Writes a hash, "" for nowhere. */
export function formatHash(place: Place): string {
  const fields = new URLSearchParams();
  if (place.example !== undefined) {
    fields.set("example", place.example);
  }
  if (place.step !== undefined) {
    fields.set("step", String(place.step + 1));
  }
  if (place.threshold !== undefined) {
    fields.set("threshold", String(place.threshold));
  }
  if (place.aggregate !== undefined) {
    fields.set("aggregate", place.aggregate);
  }
  if (place.page !== undefined) {
    fields.set("page", place.page);
  }
  const text = fields.toString();
  return text === "" ? "" : `#${text}`;
}
