import { ChevronDown, Cpu } from "lucide-react";
import { changeWay } from "../actions/load-model.ts";
import type { LoadedModel, RunWay } from "../core/scorer.ts";
import { modelKey, useModelChoice } from "../state/model-choice.ts";
import { fastest, useRunWays } from "../state/run-ways.ts";
import { Badge } from "../ui/badge.tsx";
import { useActionContext } from "./action-context.ts";

const FASTEST = "";

function speedWords(tokensPerSecond: number | undefined): string {
  return tokensPerSecond === undefined ? "" : ` · ${Math.round(tokensPerSecond)} tokens/s`;
}

function wayWords(way: RunWay, tokensPerSecond: number | undefined): string {
  return `${way.label}${way.isExact ? "" : " · fast, not exact"}${speedWords(tokensPerSecond)}`;
}

/** The device the model runs on; where it has several ways to run it, a menu of them with their measured speeds. */
export function DeviceMenu({ model }: { readonly model: LoadedModel }) {
  const { device, way, ways } = model;
  const ctx = useActionContext();
  const key = useModelChoice(modelKey);
  const memory = useRunWays((state) => state[key]);
  const hasChoice = ways.length > 1 && ctx.device === undefined;
  const speeds = memory?.speeds ?? {};
  const best = ways.find(({ id }) => id === fastest(speeds));
  return (
    <span className="relative inline-flex rounded-sm focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
      <Badge
        icon={<Cpu aria-hidden className="size-3.5 text-ink-3" />}
        title={device.reason}
        data-testid="device"
        data-device={device.id}
        data-way={way.id}
      >
        {device.label}
        {!way.isExact && <span className="text-ink-3">fast, not exact</span>}
        {hasChoice && <ChevronDown aria-hidden className="size-3 text-ink-3" />}
      </Badge>
      {hasChoice && (
        <select
          aria-label="How the model is run"
          className="absolute inset-0 w-full cursor-pointer opacity-0"
          value={memory?.chosen ?? FASTEST}
          onChange={({ target }) => void changeWay(ctx, target.value === FASTEST ? undefined : target.value)}
        >
          <option value={FASTEST}>
            {best === undefined
              ? "The fastest exact way"
              : `Fastest here: ${wayWords(best, speeds[best.id])}`}
          </option>
          {ways.map((one) => (
            <option key={one.id} value={one.id}>
              {wayWords(one, speeds[one.id])}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}
