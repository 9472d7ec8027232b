import { laneAligner } from "../core/alignment/align.ts";
import { serve } from "./rpc.ts";

serve(self, laneAligner);
