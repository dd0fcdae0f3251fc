import { Button } from 'antd';
import { Problem } from '../api/problem';
import { useTexts } from '../text';
import { Notice } from './Notice';

// Failure says what went wrong, what to do, and the code to name.
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { answers } = useTexts();
  const problem = error instanceof Problem ? error : undefined;
  const advice: Record<string, string> = answers.advice;
  if (problem?.code === 'unreachable') {
    return <Notice title={answers.unreachable}>{retry && <Button onClick={retry}>{answers.retry}</Button>}</Notice>;
  }
  return (
    <Notice
      title={problem?.message || answers.failed}
      detail={
        <>
          <div>{advice[problem?.code ?? ''] ?? answers.advice.other}</div>
          <div>
            {answers.code} <code>{problem?.code ?? String(error)}</code>
          </div>
        </>
      }
    >
      {retry && <Button onClick={retry}>{answers.retry}</Button>}
    </Notice>
  );
}
