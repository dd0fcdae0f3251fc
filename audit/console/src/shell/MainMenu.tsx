import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Button, Layout, Menu } from 'antd';
import { createElement } from 'react';
import { Link, useLocation } from 'react-router';
import { useIdentity } from '../api/session';
import { prefer, usePreferences } from '../preferences';
import { useTexts } from '../text';
import mark from './mark.svg';
import { menuOf } from './menu';

// MainMenu shows the pages that somebody's roles have use for.
export function MainMenu() {
  const texts = useTexts();
  const groups = menuOf(useIdentity());
  const { folded } = usePreferences();
  const { pathname } = useLocation();
  // A case belongs to the queue, /rules/FEE-007 to the rules.
  const paths = groups.flatMap((group) => group.entries.map((entry) => entry.path));
  const here = pathname.startsWith('/stays/') ? '/findings' : paths.filter((path) => `${pathname}/`.startsWith(`${path}/`)).sort((a, b) => b.length - a.length)[0];
  return (
    <Layout.Sider collapsed={folded} collapsedWidth={48} width={168} className="menu" theme="light">
      <nav aria-label={texts.shell.menu}>
        <Link to="/" className="brand" aria-label={texts.shell.toBeginning}>
          <img src={mark} alt="" width={24} height={24} />
        </Link>
        <Menu
          key={String(folded)}
          mode={folded ? 'vertical' : 'inline'}
          inlineIndent={14}
          defaultOpenKeys={folded ? [] : groups.map((group) => group.text)}
          selectedKeys={here ? [here] : []}
          items={groups.map((group) => ({
            key: group.text,
            icon: createElement(group.icon),
            label: texts.menu[group.text],
            children: group.entries.map((entry) => ({ key: entry.path, label: <Link to={entry.path}>{texts.menu[entry.text]}</Link> })),
          }))}
        />
        <Button
          className="fold"
          type="text"
          icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          aria-label={texts.shell.fold}
          aria-expanded={!folded}
          onClick={() => prefer({ folded: !folded })}
        />
      </nav>
    </Layout.Sider>
  );
}
