import { BellOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import { unreadQuery } from '../api/inbox';
import { useTexts } from '../text';

const most = 99;

// Bell says how many messages of the inbox were not read. It is read anew with each page,
// and a while after findings have changed.
export function Bell() {
  const { shell, menu } = useTexts();
  const queries = useQueryClient();
  const { pathname } = useLocation();
  const unread = useQuery(unreadQuery).data ?? 0;
  useEffect(() => void queries.refetchQueries({ queryKey: unreadQuery.queryKey, stale: true }), [queries, pathname]);
  const count = unread > most ? `${most}+` : `${unread}`;
  return (
    // What is read aloud names the figure that is seen, so that it can be spoken to.
    <Link to="/inbox" className="bell" aria-label={unread ? shell.unread(count) : menu.inbox}>
      <BellOutlined />
      {unread > 0 && <span className="figures">{count}</span>}
    </Link>
  );
}
