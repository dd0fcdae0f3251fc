import { BulbOutlined, GlobalOutlined, LogoutOutlined, MenuFoldOutlined, MenuUnfoldOutlined, QuestionCircleOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, Dropdown, Layout, Menu, Tooltip } from 'antd';
import { Suspense, useState } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useNow } from '../api/reference';
import { signOut } from '../api/session';
import { minute } from '../format';
import { prefer, usePreferences } from '../preferences';
import { texts as languages, useTexts, type Language } from '../text';
import { Help } from './Help';
import { useKeys } from './keys';
import mark from './mark.svg';
import { useLive } from './LiveProvider';
import { Waiting } from './Waiting';

// Shell is what stands around every page.
export function Shell() {
  const texts = useTexts();
  const preferences = usePreferences();
  const { connected } = useLive();
  const now = useNow();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [help, setHelp] = useState(false);
  const [folded, setFolded] = useState(true);
  useKeys({ '?': () => setHelp(true) });
  const live = connected ? texts.shell.live : texts.shell.offline;
  return (
    <Layout className="shell">
      <a className="skip" href="#main">
        {texts.shell.skip}
      </a>
      <Layout.Sider collapsed={folded} collapsedWidth={48} width={168} className="menu" theme="light">
        <nav aria-label={texts.shell.menu}>
          <div className="brand">
            <img src={mark} alt="" width={24} height={24} />
          </div>
          <Menu
            mode="inline"
            selectedKeys={[pathname.startsWith('/findings') || pathname.startsWith('/stays') ? '/findings' : pathname]}
            onClick={({ key }) => void navigate(key)}
            items={[{ key: '/findings', icon: <UnorderedListOutlined />, label: texts.shell.queue }]}
          />
          <Button
            className="fold"
            type="text"
            icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            aria-label={texts.shell.menu}
            aria-expanded={!folded}
            onClick={() => setFolded(!folded)}
          />
        </nav>
      </Layout.Sider>
      <Layout>
        <Layout.Header className="head">
          <strong>{texts.product}</strong>
          <span className="grow" />
          {now && <span className="as-of">{texts.shell.asOf(minute(now))}</span>}
          <Tooltip title={live}>
            <span className={connected ? 'live' : 'live cut'} role="status" aria-label={live} />
          </Tooltip>
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
          <Tooltip title={texts.shell.signOut}>
            <Button type="text" icon={<LogoutOutlined />} aria-label={texts.shell.signOut} onClick={signOut} />
          </Tooltip>
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
