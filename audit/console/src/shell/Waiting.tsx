import { Skeleton } from 'antd';
import { useTexts } from '../text';

// Waiting keeps the place of what is being read.
export function Waiting({ rows = 8 }: { rows?: number }) {
  const { answers } = useTexts();
  return (
    <div className="waiting" role="status" aria-label={answers.loading}>
      <Skeleton active title={false} paragraph={{ rows, width: '100%' }} />
    </div>
  );
}
