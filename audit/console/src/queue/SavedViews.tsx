import { DeleteOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useTexts } from '../text';
import { removeView, saveView, useViews } from './views';

// SavedViews keeps filters under a name.
export function SavedViews() {
  const { queue } = useTexts();
  const { search } = useLocation();
  const views = useViews();
  const [name, setName] = useState('');
  const save = () => {
    if (!name.trim()) return;
    saveView({ name: name.trim(), search });
    setName('');
  };
  const content = (
    <div className="views">
      {views.length === 0 && <p className="weak">{queue.noViews}</p>}
      <ul>
        {views.map((view) => (
          <li key={view.name}>
            <Link to={{ pathname: '/findings', search: view.search }}>{view.name}</Link>
            <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${queue.removeView} ${view.name}`} onClick={() => removeView(view.name)} />
          </li>
        ))}
      </ul>
      <Space.Compact block>
        <Input
          value={name}
          placeholder={queue.viewName}
          aria-label={queue.viewName}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={save}
        />
        <Button type="primary" disabled={!name.trim()} onClick={save}>
          {queue.saveView}
        </Button>
      </Space.Compact>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button icon={<StarOutlined />} aria-label={queue.views} title={queue.views} />
    </Popover>
  );
}
