import { LocalLibrary } from "../conversion/local-library.ts";
import { serve } from "./rpc.ts";
import { holdWhileAlive } from "./thread-end.ts";

holdWhileAlive(self.name);
serve(self, new LocalLibrary());
