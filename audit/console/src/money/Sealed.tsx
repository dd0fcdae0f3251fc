import { LockOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { RejectedList } from './money';
import { useMoney } from './texts';

// Sealed says whether a list may still change.
export function Sealed({ list }: { list: RejectedList }) {
  const { rejections } = useMoney();
  return list.sealed ? (
    <Tag className="tag" color="green" icon={<LockOutlined />}>
      {rejections.sealed}
    </Tag>
  ) : (
    <Tag className="tag" color="blue">
      {rejections.open}
    </Tag>
  );
}
