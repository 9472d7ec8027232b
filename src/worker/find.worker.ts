import { patternSearch } from "../core/find/spans.ts";
import { serve } from "./rpc.ts";

serve(self, patternSearch);
