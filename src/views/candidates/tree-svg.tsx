import { type KeyboardEvent, memo, type RefObject, useCallback, useRef } from "react";
import type { LosingFork, PrefixTree, TreeNode } from "../../core/best-of/prefix-tree.ts";
import type { Place, TreeLayout } from "../../core/best-of/tree-layout.ts";
import { divergingBin } from "../../ui/diverging-scale.ts";
import { formatProbability } from "../../ui/format-number.ts";

interface TreeSvgProps {
  readonly tree: PrefixTree;
  readonly layout: TreeLayout;
  /** Index of the chain that won. */
  readonly winner: number | undefined;
  readonly fork: LosingFork | undefined;
  readonly threshold: number;
  readonly endLabel: (chain: number) => string;
  /** The step last pointed at, which takes the Tab key; of no use when the tree has none of this id. */
  readonly focused: number | undefined;
  readonly onFocus: (node: number | undefined) => void;
  readonly onOpen: (node: TreeNode) => void;
}

const COLUMN = 46;
const ROW = 28;
const CHIP = { width: 36, height: 18 } as const;
const LEFT = 4;
const TOP = 22;
const LABEL_WIDTH = 170;
const LONGEST_LABEL = 26;

const xOf = ({ column }: Place) => LEFT + column * COLUMN;
const yOf = ({ row }: Place) => TOP + row * ROW;

/** From the right of one place to the left of another, with a round corner where rows differ. */
function edgePath(from: Place, to: Place): string {
  const [x, y] = [xOf(from) + CHIP.width, yOf(from) + CHIP.height / 2];
  const [toX, toY] = [xOf(to), yOf(to) + CHIP.height / 2];
  if (y === toY) {
    return `M${x} ${y}H${toX}`;
  }
  const bend = x + 4;
  return `M${x} ${y}Q${bend} ${y} ${bend} ${y + 4}V${toY - 4}Q${bend} ${toY} ${Math.min(toX, bend + 4)} ${toY}H${toX}`;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > LONGEST_LABEL ? `${line.slice(0, LONGEST_LABEL - 1)}…` : line;
}

/** The node an arrow key leads to: along the chain, or to the nearest step above or below. */
function neighbour(
  { nodes }: PrefixTree,
  { places }: TreeLayout,
  from: TreeNode,
  key: string,
): number | undefined {
  const here = places[from.id];
  if (key === "ArrowLeft") {
    return from.parent;
  }
  if (here === undefined) {
    return undefined;
  }
  if (key === "ArrowRight") {
    return from.children.find((id) => places[id]?.row === here.row) ?? from.children[0];
  }
  const direction = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  const distance = (place: Place | undefined) =>
    place === undefined
      ? Number.POSITIVE_INFINITY
      : Math.abs(place.row - here.row) * nodes.length + Math.abs(place.column - here.column);
  let nearest: number | undefined;
  for (const { id } of nodes) {
    const place = places[id];
    const isBeyond = place !== undefined && Math.sign(place.row - here.row) === direction && direction !== 0;
    if (isBeyond && distance(place) < distance(nearest === undefined ? undefined : places[nearest])) {
      nearest = id;
    }
  }
  return nearest;
}

const NO_PLACE: Place = { column: 0, row: 0 };

/** The tree itself. One step takes the Tab key; arrow keys move over the others. */
export function TreeSvg(props: TreeSvgProps) {
  const { tree, layout, winner, fork, threshold, endLabel, focused, onFocus, onOpen } = props;
  const ref = useRef<SVGSVGElement>(null);
  const { places } = layout;
  const width = LEFT + (layout.columns - 1) * COLUMN + LABEL_WIDTH;
  const height = TOP + layout.rows * ROW;
  const entry = (focused === undefined ? undefined : tree.nodes[focused]?.id) ?? tree.roots[0];
  const move = useMove(ref, tree, layout, onOpen);
  return (
    <div className="relative overflow-x-auto pb-1 print:overflow-visible">
      {/* Paper does not scroll: there a tree that is wider gets smaller. */}
      <svg
        ref={ref}
        role="presentation"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className="print:h-auto print:max-w-full"
      >
        <ColumnHeads count={layout.columns - 1} />
        <Edges tree={tree} layout={layout} winner={winner} />
        <g role="tree" aria-label="Candidates by their common beginnings">
          {tree.nodes.map((node) => (
            <StepChip
              key={node.id}
              node={node}
              place={places[node.id] ?? NO_PLACE}
              threshold={threshold}
              isWinners={isOf(winner, node.chains)}
              isFork={fork?.node === node.id}
              isEntry={node.id === entry}
              onFocus={onFocus}
              onKeyDown={move}
              onOpen={onOpen}
            />
          ))}
        </g>
        <EndLabels layout={layout} winner={winner} endLabel={endLabel} />
      </svg>
    </div>
  );
}

function isOf(winner: number | undefined, chains: readonly number[]): boolean {
  return winner !== undefined && chains.includes(winner);
}

/** What a key does at a step: the same function for as long as the tree is, so that its steps stay as they are. */
function useMove(
  ref: RefObject<SVGSVGElement | null>,
  tree: PrefixTree,
  layout: TreeLayout,
  onOpen: (node: TreeNode) => void,
) {
  return useCallback(
    (event: KeyboardEvent, node: TreeNode) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        onOpen(node);
        return;
      }
      const target = event.key.startsWith("Arrow") ? neighbour(tree, layout, node, event.key) : undefined;
      if (target !== undefined) {
        event.preventDefault();
        ref.current?.querySelector<SVGGElement>(`[data-node="${target}"]`)?.focus();
      }
    },
    [ref, tree, layout, onOpen],
  );
}

const Edges = memo(function Edges({
  tree,
  layout,
  winner,
}: Pick<TreeSvgProps, "tree" | "layout" | "winner">) {
  const { places, ends } = layout;
  const edges = (isThick: boolean) =>
    tree.nodes
      .flatMap(({ parent, chains, id }) => {
        const [from, to] = [parent === undefined ? undefined : places[parent], places[id]];
        return from === undefined || to === undefined || isOf(winner, chains) !== isThick
          ? []
          : [edgePath(from, to)];
      })
      .join("");
  const endEdges = ends
    .flatMap((end) => {
      const from = places[end.node];
      return from === undefined || from.row === end.row ? [] : [edgePath(from, end)];
    })
    .join("");
  return (
    <>
      <path d={edges(false) + endEdges} fill="none" stroke="var(--line-strong)" strokeWidth={1.25} />
      <path d={edges(true)} fill="none" stroke="var(--accent)" strokeWidth={2.25} />
    </>
  );
});

/** Whose chains end where, behind their last steps. */
const EndLabels = memo(function EndLabels({
  layout,
  winner,
  endLabel,
}: Pick<TreeSvgProps, "layout" | "winner" | "endLabel">) {
  return layout.ends.map((end) => (
    <text
      key={`${end.node}`}
      x={xOf(end) - (layout.places[end.node]?.row === end.row ? 4 : 0)}
      y={yOf(end) + 13}
      fontSize={11.5}
      fontWeight={isOf(winner, end.chains) ? 650 : 450}
      fill={isOf(winner, end.chains) ? "var(--accent)" : "var(--ink-2)"}
    >
      {shorten(end.chains.map(endLabel).join(", "))}
    </text>
  ));
});

/** Step numbers above the columns. */
const ColumnHeads = memo(function ColumnHeads({ count }: { readonly count: number }) {
  return (
    <g aria-hidden>
      {Array.from({ length: count }, (_, column) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          key={column}
          x={xOf({ column, row: 0 }) + CHIP.width / 2}
          y={12}
          textAnchor="middle"
          fontSize={11}
          fill="var(--ink-3)"
        >
          {column + 1}
        </text>
      ))}
    </g>
  );
});

interface StepChipProps {
  readonly node: TreeNode;
  readonly place: Place;
  readonly threshold: number;
  readonly isWinners: boolean;
  readonly isFork: boolean;
  readonly isEntry: boolean;
  readonly onFocus: (node: number | undefined) => void;
  readonly onKeyDown: (event: KeyboardEvent, node: TreeNode) => void;
  readonly onOpen: (node: TreeNode) => void;
}

const StepChip = memo(function StepChip(props: StepChipProps) {
  const { node, place, threshold, isWinners, isFork, isEntry, onFocus, onKeyDown, onOpen } = props;
  const { reward } = node;
  const [x, y] = [xOf(place), yOf(place)];
  const number = reward === undefined ? "not scored" : formatProbability(reward);
  const role = isFork ? ", losing fork" : isWinners ? ", on the winner’s path" : "";
  return (
    <g
      role="treeitem"
      aria-level={node.step + 1}
      aria-label={`Step ${node.step + 1}, ${number}${role}: ${node.text}`}
      aria-selected={isEntry}
      data-node={node.id}
      data-fork={isFork ? "" : undefined}
      data-bin={reward === undefined ? undefined : divergingBin(reward, threshold)}
      tabIndex={isEntry ? 0 : -1}
      className="cursor-pointer"
      onFocus={() => onFocus(node.id)}
      onMouseEnter={() => onFocus(node.id)}
      onClick={() => onOpen(node)}
      onKeyDown={(event) => onKeyDown(event, node)}
    >
      <rect
        x={x}
        y={y}
        width={CHIP.width}
        height={CHIP.height}
        rx={4}
        fill={reward === undefined ? "var(--sunken)" : "var(--bin)"}
        stroke={isFork ? "var(--bad)" : isWinners ? "var(--accent)" : "transparent"}
        strokeWidth={isFork || isWinners ? 1.5 : 0}
        strokeDasharray={reward === undefined ? "3 2" : undefined}
      />
      <text
        x={x + CHIP.width / 2}
        y={y + 13}
        textAnchor="middle"
        fontSize={11.5}
        fontWeight={600}
        fill={reward === undefined ? "var(--ink-3)" : "var(--bin-on)"}
      >
        {reward === undefined ? "–" : number}
      </text>
      {isFork && <path d={`M${x + CHIP.width / 2} ${y - 1}l-4.5 -7h9z`} fill="var(--bad)" />}
    </g>
  );
});
