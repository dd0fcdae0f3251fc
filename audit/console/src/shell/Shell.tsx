import { BulbOutlined, GlobalOutlined, QuestionCircleOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, Layout, Tooltip } from 'antd';
import { Suspense, useState } from 'react';
import { Link, Outlet } from 'react-router';
import { useNow } from '../api/reference';
import { signOut, useIdentity } from '../api/session';
import { minute } from '../format';
import { prefer, usePreferences } from '../preferences';
import { texts as languages, useTexts, type Language } from '../text';
import { Bell } from './Bell';
import { Help } from './Help';
import { useKeys } from './keys';
import { useLive } from './LiveProvider';
import { MainMenu } from './MainMenu';
import { Waiting } from './Waiting';

// Shell is what stands around every page.
export function Shell() {
  const texts = useTexts();
  const preferences = usePreferences();
  const identity = useIdentity();
  const { connected } = useLive();
  const now = useNow();
  const [help, setHelp] = useState(false);
  useKeys({ '?': () => setHelp(true) });
  const live = connected ? texts.shell.live : texts.shell.offline;
  return (
    <Layout className="shell">
      <a className="skip" href="#main">
        {texts.shell.skip}
      </a>
      <MainMenu />
      <Layout>
        <Layout.Header className="head">
          <strong>{texts.product}</strong>
          <span className="grow" />
          {now && <span className="as-of">{texts.shell.asOf(minute(now))}</span>}
          {connected !== undefined && (
            <Tooltip title={live}>
              <span className={connected ? 'live' : 'live cut'} role="status" aria-label={live} />
            </Tooltip>
          )}
          <Bell />
          <Dropdown
            menu={{
              selectedKeys: [preferences.language],
              items: (Object.keys(languages) as Language[]).map((key) => ({ key, label: languages[key].language })),
              onClick: ({ key }) => prefer({ language: key as Language }),
            }}
          >
            <Button type="text" icon={<GlobalOutlined />} aria-label={texts.shell.switchLanguage} />
          </Dropdown>
          <Dropdown
            menu={{
              selectedKeys: [preferences.appearance],
              items: (['light', 'dark', 'system'] as const).map((key) => ({ key, label: texts.shell[key] })),
              onClick: ({ key }) => prefer({ appearance: key as 'light' | 'dark' | 'system' }),
            }}
          >
            <Button type="text" icon={<BulbOutlined />} aria-label={texts.shell.appearance} />
          </Dropdown>
          <Tooltip title={texts.shell.help}>
            <Button type="text" icon={<QuestionCircleOutlined />} aria-label={texts.shell.help} onClick={() => setHelp(true)} />
          </Tooltip>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'who', disabled: true, label: identity.roles.map((role) => texts.roles[role]).join(texts.units.and) },
                { key: 'me', label: <Link to="/me">{texts.menu.me}</Link> },
                { key: 'out', label: texts.shell.signOut },
              ],
              onClick: ({ key }) => void (key === 'out' && signOut()),
            }}
          >
            <Button type="text" icon={<UserOutlined />} aria-label={`${texts.shell.person} ${identity.name ?? identity.key_id.slice(0, 8)}`}>
              {identity.name ?? identity.key_id.slice(0, 8)}
            </Button>
          </Dropdown>
        </Layout.Header>
        <Layout.Content id="main" className="content" tabIndex={-1}>
          <Suspense fallback={<Waiting rows={14} />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
      <Help open={help} close={() => setHelp(false)} />
    </Layout>
  );
}
