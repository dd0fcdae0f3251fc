import { PaperButton } from '../shell/PaperButton';
import type { Matter } from './matters';
import { useMeasures } from './texts';

// HandoverPapers is the letter that goes with a case.
export function HandoverPapers({ matter }: { matter: Matter }) {
  const { papers } = useMeasures();
  return (
    <PaperButton path={`/v1/handovers/${matter.id}/letter`} name={`${matter.number}.pdf`}>
      {papers.handover}
    </PaperButton>
  );
}
