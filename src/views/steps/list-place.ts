/** Where a list stands, told by a row of it: a distance from its top changes as rows above are measured. */
interface ListPlace {
  readonly top: number;
  /** The row at the upper edge, and how far below the edge it begins. */
  readonly row: string | undefined;
  readonly offset: number;
}

const ROW = "data-index";

function offsetOf(list: Element, row: Element): number {
  return row.getBoundingClientRect().top - list.getBoundingClientRect().top;
}

export function placeOf(list: Element): ListPlace {
  const edge = list.getBoundingClientRect().top;
  const row = [...list.querySelectorAll(`[${ROW}]`)]
    .filter((element) => element.getBoundingClientRect().bottom > edge)
    .sort((a, b) => offsetOf(list, a) - offsetOf(list, b))
    .at(0);
  return {
    top: list.scrollTop,
    row: row?.getAttribute(ROW) ?? undefined,
    offset: row === undefined ? 0 : offsetOf(list, row),
  };
}

/** Rows above are measured while they are drawn for the first time: so many frames until all stand. */
const FRAMES = 3;

/** Once the list has followed the selection. */
export function comeBack(list: Element, { top, row, offset }: ListPlace): void {
  let left = FRAMES;
  const step = () => {
    const element = row === undefined ? null : list.querySelector(`[${ROW}="${row}"]`);
    list.scrollTop = element === null ? top : list.scrollTop + offsetOf(list, element) - offset;
    left -= 1;
    if (left > 0) {
      requestAnimationFrame(step);
    }
  };
  requestAnimationFrame(step);
}
