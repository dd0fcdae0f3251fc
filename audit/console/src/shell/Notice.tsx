import { WarningOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  detail?: ReactNode;
  children?: ReactNode; // what can be done
}

// Notice stands where something could not be shown.
export function Notice({ title, detail, children }: Props) {
  return (
    <div className="notice" role="alert">
      <WarningOutlined />
      <h2>{title}</h2>
      {detail && <div className="weak">{detail}</div>}
      {children && <div className="notice-actions">{children}</div>}
    </div>
  );
}
