/** A session for a model whose files are there and whose device is open. */
import { AutoModelForCausalLM, type PreTrainedModel } from "@huggingface/transformers";
import * as v from "valibot";
import { protocolOf } from "../core/protocols/index.ts";
import type { DeviceInfo } from "../core/scorer.ts";
import { ForwardPass } from "./forward-pass.ts";
import type { OpenDevice, ProvidedModel } from "./host.ts";
import { logitWidth } from "./readout.ts";
import type { ScoringModel } from "./score-trace.ts";
import type { LoadedTokenizer } from "./tokenizer.ts";

export interface OpenModel {
  readonly scoring: ScoringModel;
  /** Frees the session and the device. */
  release(): Promise<void>;
}

/** Compiles the graph. The device is released when that fails. */
export async function openModel(
  { manifest, pretrainedId }: Pick<ProvidedModel, "manifest" | "pretrainedId">,
  info: DeviceInfo,
  device: OpenDevice,
  tokenizer: LoadedTokenizer,
): Promise<OpenModel> {
  try {
    const protocol = protocolOf(manifest);
    const model = await AutoModelForCausalLM.from_pretrained(pretrainedId, {
      dtype: manifest.dtype,
      device: info.id,
      session_options: device.sessionOptions,
    });
    const forward = new ForwardPass(model, {
      width: logitWidth(protocol.readout),
      gathersPositions: inputNames(model).includes("step_positions"),
      lost: device.lost,
    });
    return {
      scoring: { protocol, tokenizer, context: manifest.context, forward },
      release: async () => {
        forward.reset();
        await model.dispose();
        device.release();
      },
    };
  } catch (thrown) {
    device.release();
    throw thrown;
  }
}

const ModelSessions = v.looseObject({
  sessions: v.looseObject({ model: v.looseObject({ inputNames: v.array(v.string()) }) }),
});

/** Names of the graph's inputs. transformers.js does not type its sessions. */
function inputNames(model: PreTrainedModel): readonly string[] {
  return v.parse(ModelSessions, { sessions: model.sessions }).sessions.model.inputNames;
}
