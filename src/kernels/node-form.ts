/** What a node of a graph says of itself, and the errors that name it. */
import { quoteName } from "../convert/malformed.ts";
import { AppError } from "../core/errors.ts";
import type { GraphNode } from "./graph-edit.ts";

/** How a message calls a node: by its operator and its name, or its first output where it has none. */
function titleOf({ opType, name, output }: GraphNode): string {
  return `${quoteName(opType ?? "")} "${quoteName(name || (output?.[0] ?? ""))}"`;
}

/** A node that does not agree with itself or with its tensors. */
export function malformedNode(node: GraphNode, fact: string): AppError {
  return new AppError("malformed-file", `node ${titleOf(node)} ${fact}`, {
    node: quoteName(node.name ?? ""),
  });
}

/** A node that may well be right, in a form that is not known here. */
export function unsupportedNode(node: GraphNode, fact: string): AppError {
  return new AppError("unsupported-model", `node ${titleOf(node)} ${fact}`, {
    node: quoteName(node.name ?? ""),
  });
}

/** An input that is there: optional ones are left out at the end, or have no name. */
export function inputOf(node: GraphNode, index: number): string | undefined {
  return node.input?.[index] || undefined;
}

/** The value of a whole-number attribute; `fallback` when the node does not have it. */
export function intOf<Fallback>(node: GraphNode, name: string, fallback: Fallback): number | Fallback {
  const found = node.attribute?.find((one) => one.name === name);
  return found === undefined ? fallback : Number(found.i ?? 0);
}

/** The value of a float attribute; 0 when the node does not have it. */
export function floatOf(node: GraphNode, name: string): number {
  return node.attribute?.find((one) => one.name === name)?.f ?? 0;
}
