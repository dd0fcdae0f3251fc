import { wordOf } from '../text';
import { usePortal } from './texts';

type Known = keyof ReturnType<typeof usePortal>['refusals']['advice'];

// useMend says of a code what is wrong with a record and what to mend; of one that is
// newer than this page the code alone.
export function useMend(): (code: string) => { what: string; mend: string } {
  const { advice } = usePortal().refusals;
  return (code) => (code in advice ? advice[code as Known] : { what: wordOf({}, code), mend: '' });
}

// Refusal says what is wrong with a record, and what to do about it.
export function Mend({ code, said }: { code: string; said: string }) {
  const { refused } = usePortal();
  const { mend } = useMend()(code);
  return (
    <div className="mend">
      <div>{mend}</div>
      <div className="hint" lang="en">
        {refused.said} {said}
      </div>
    </div>
  );
}
