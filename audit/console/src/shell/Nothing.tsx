import { Empty } from 'antd';
import type { ReactNode } from 'react';

// Nothing is what a list shows that has no rows, with what may help.
export function Nothing({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <Empty
      className="nothing"
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div>{title}</div>
          {hint && <div className="hint">{hint}</div>}
        </>
      }
    >
      {children}
    </Empty>
  );
}
