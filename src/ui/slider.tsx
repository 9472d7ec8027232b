import { type CSSProperties, useId } from "react";
import { classNames } from "./class-names.ts";

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly format: (value: number) => string;
  readonly disabled?: boolean;
  readonly className?: string;
}

export function Slider({ label, value, min, max, step, onChange, format, disabled, className }: SliderProps) {
  const id = useId();
  // A custom property is not in CSSProperties; the track draws its filled part with it.
  const filled = { "--filled": `${((value - min) / (max - min)) * 100}%` } as CSSProperties;
  return (
    <span className={classNames("inline-flex items-center gap-2", className)}>
      <label htmlFor={id} className="text-xs text-ink-2 whitespace-nowrap">
        {label}
      </label>
      <input
        id={id}
        type="range"
        className="slider min-w-0 flex-1"
        style={filled}
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={format(value)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <span className="w-9 text-right text-xs font-semibold text-ink">{format(value)}</span>
    </span>
  );
}
