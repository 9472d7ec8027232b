import { Disclosure } from "../../ui/disclosure.tsx";

/** Measured on the shipped weights; the figures are in the model card. */
export function ModelLimits() {
  return (
    <Disclosure title="What this model can and cannot do" className="text-xs">
      {() => (
        <div className="flex flex-col gap-2 pb-2 pl-5 text-xs leading-[18px] text-ink-2">
          <p>
            The embedded model has 135 million parameters. On held-out grade-school word problems with one
            injected error (wrong arithmetic, a swapped operator, a wrong operand) its step AUC is 0.91 and
            the first error is found with F1 0.68: expect misses and false alarms.
          </p>
          <p>
            It sees real models’ mistakes of understanding only a little (AUC 0.63, F1 0.29), and above that
            level judges style as much as sense. It doubts hard but right steps. It knows nothing of code,
            proofs, law or medicine.
          </p>
          <p>For real work add a published PRM under Models, above. This one is 4-bit, under Apache-2.0.</p>
        </div>
      )}
    </Disclosure>
  );
}
