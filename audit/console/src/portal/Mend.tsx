import { useMend } from '../shell/refusals';
import { usePortal } from './texts';

// Mend says what to do about a refused record, and what the server said of it.
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
