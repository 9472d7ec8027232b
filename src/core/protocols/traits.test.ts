import { expect, it } from "vitest";
import { PROTOCOLS } from "./index.ts";
import { rewardsSurvival, rewardsTrajectory } from "./traits.ts";

it("finds survival in hazards only, and trajectory rewards where a prefix's score is one, too", () => {
  const idsOf = (has: (protocol: (typeof PROTOCOLS)[number]) => boolean) =>
    PROTOCOLS.filter(has).map(({ id }) => id);
  expect(idsOf(rewardsSurvival)).toEqual(["stepscope-prm"]);
  expect(idsOf(rewardsTrajectory)).toEqual(["stepscope-prm", "reasonflux-prm-1.5b"]);
});
