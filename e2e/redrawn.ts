/** What React draws anew: counted, where a time would depend on the machine. */
import { expect, type Locator } from "@playwright/test";

declare global {
  interface Window {
    /** For `countRedrawn`: the props each element had. */
    propsBefore?: ReadonlyMap<Element, unknown>;
  }
}

/**
 * How many of these elements are drawn anew while `act` goes on, those included that look the same afterwards. React
 * leaves on every element the props it was drawn with: where a component is skipped they stay the same object.
 */
export async function countRedrawn(elements: Locator, act: () => Promise<void>): Promise<number> {
  const known = await elements.evaluateAll((all) => {
    const propsOf = (element: Element) =>
      Object.entries(element).find(([name]) => name.startsWith("__reactProps$"))?.[1] as unknown;
    window.propsBefore = new Map(all.map((element) => [element, propsOf(element)]));
    return all.filter((element) => propsOf(element) !== undefined).length;
  });
  // Else React keeps them elsewhere, and nothing would be counted.
  expect(known).toBeGreaterThan(0);
  await act();
  return elements.evaluateAll((all) => {
    const propsOf = (element: Element) =>
      Object.entries(element).find(([name]) => name.startsWith("__reactProps$"))?.[1] as unknown;
    const { propsBefore } = window;
    return all.filter((element) => propsBefore?.has(element) && propsBefore.get(element) !== propsOf(element))
      .length;
  });
}
