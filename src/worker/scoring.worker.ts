import { LocalScorer } from "../engine/local-scorer.ts";
import { webHost } from "../engine/web-host.ts";
import { serve } from "./rpc.ts";

serve(self, new LocalScorer(webHost));
