import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Tag, Tooltip } from 'antd';
import type { Finding } from '../api/findings';
import { usePerson } from '../api/people';
import { useSession } from '../api/session';
import { monthDayTime } from '../format';
import { useTexts } from '../text';

// Worker says who is on a finding, and what it waits for.
export function Worker({ finding: { claim, assignee, proposed, suppressed_by } }: { finding: Finding }) {
  const { queue } = useTexts();
  const mine = useSession().identity?.key_id;
  const name = usePerson();
  return (
    <span className="worker">
      {claim && (
        <Tooltip title={queue.working(name(claim.by), monthDayTime(claim.until))}>
          <Tag icon={<LockOutlined />} color={claim.by === mine ? 'blue' : 'default'} className="tag">
            {name(claim.by)}
          </Tag>
        </Tooltip>
      )}
      {assignee && !claim && (
        <Tooltip title={queue.assignedTo(name(assignee))}>
          <Tag icon={<UserOutlined />} color={assignee === mine ? 'blue' : 'default'} className="tag">
            {name(assignee)}
          </Tag>
        </Tooltip>
      )}
      {proposed && (
        <Tag color="purple" className="tag">
          {queue.proposed}
        </Tag>
      )}
      {suppressed_by && (
        <Tooltip title={queue.whitelisted(suppressed_by)}>
          <Tag className="tag">{queue.suppressed}</Tag>
        </Tooltip>
      )}
    </span>
  );
}
