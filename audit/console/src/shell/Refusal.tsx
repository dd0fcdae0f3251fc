import { Alert } from 'antd';
import type { Problem } from '../api/problem';
import { useTexts } from '../text';

// Refusal says in a form why an order was not carried out; what was typed stays.
export function Refusal({ problem }: { problem: Problem | undefined }) {
  const { answers } = useTexts();
  const advice: Record<string, string> = answers.advice;
  if (!problem) return null;
  const title = problem.code === 'unreachable' ? answers.unreachable : problem.message || answers.failed;
  return <Alert className="refusal" type="error" showIcon title={title} description={problem.code === 'unreachable' ? undefined : advice[problem.code]} />;
}
