import { fileIntake } from "../formats/read-files.ts";
import { serve } from "./rpc.ts";

serve(self, fileIntake);
