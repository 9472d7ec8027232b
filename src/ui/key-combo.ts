/** Key combinations as text: "j", "?", "mod+shift+z", "alt+ArrowUp". `mod` is Ctrl, or ⌘ on a Mac. */

interface Combo {
  readonly key: string;
  readonly isMod: boolean;
  readonly isAlt: boolean;
  /** Undefined for a sign such as "?", which takes Shift on some keyboards and not on others. */
  readonly isShift: boolean | undefined;
}

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

function parseCombo(text: string): Combo {
  const parts = text.split("+");
  // "+" is a key, too.
  const key = text.endsWith("+") ? "+" : (parts.at(-1) ?? "");
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return {
    key: key.toLowerCase(),
    isMod: parts.includes("mod"),
    isAlt: parts.includes("alt"),
    isShift: isSign && key !== " " ? undefined : parts.includes("shift"),
  };
}

export function matchesCombo(text: string, press: KeyPress): boolean {
  const { key, isMod, isAlt, isShift } = parseCombo(text);
  return (
    press.key.toLowerCase() === key &&
    (press.ctrlKey || press.metaKey) === isMod &&
    press.altKey === isAlt &&
    (isShift === undefined || press.shiftKey === isShift)
  );
}

const NAMES: Readonly<Record<string, string>> = {
  arrowup: "↑",
  arrowdown: "↓",
  escape: "Esc",
  delete: "Del",
  enter: "Enter",
  " ": "Space",
  "-": "−",
};

/** The keys to press together, as they are printed on keyboards. */
export function comboKeys(text: string): readonly string[] {
  const { key, isMod, isAlt, isShift } = parseCombo(text);
  const letter = isMod || isAlt ? key.toUpperCase() : key;
  return [
    ...(isMod ? ["Ctrl"] : []),
    ...(isAlt ? ["Alt"] : []),
    ...(isShift === true ? ["Shift"] : []),
    NAMES[key] ?? letter,
  ];
}
