/** Every command of `stepscope`, in the order `--help` lists them; one file each, one line here. */
import { convert } from "./convert.ts";
import { gallery } from "./gallery.ts";
import { measure } from "./measure.ts";
import { score } from "./score.ts";

export const COMMANDS = { score, convert, gallery, measure } as const;
