import { usePlotArea } from "recharts";

interface ValueLineProps {
  /** One value a step, in [0, 1]; the line breaks where there is none. */
  readonly values: readonly (number | undefined)[];
  readonly stroke: string;
  readonly width: number;
}

/** A line through the middle of the steps. */
export function ValueLine({ values, stroke, width }: ValueLineProps) {
  const plot = usePlotArea();
  if (plot === undefined) {
    return null;
  }
  const pitch = plot.width / values.length;
  let path = "";
  let pen = "M";
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      pen = "M";
    } else {
      const x = plot.x + (index + 0.5) * pitch;
      const y = plot.y + (1 - value) * plot.height;
      path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = "L";
    }
  }
  return <path d={path} fill="none" stroke={stroke} strokeWidth={width} strokeLinejoin="round" />;
}
