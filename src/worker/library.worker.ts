import { LocalLibrary } from "../conversion/local-library.ts";
import { serve } from "./rpc.ts";

serve(self, new LocalLibrary());
