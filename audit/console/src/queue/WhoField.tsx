import { SearchOutlined } from '@ant-design/icons';
import { Input, Select, Space, type InputRef } from 'antd';
import { useState, type RefObject } from 'react';
import { useTexts } from '../text';
import type { Filters } from './filters';

interface Props {
  filters: Filters;
  set: (change: { person_id: string | undefined; stay_id: string | undefined }) => void;
  search: RefObject<InputRef | null>;
}

// WhoField finds a stay or a person by number.
export function WhoField({ filters, set, search }: Props) {
  const { queue, stay } = useTexts();
  const [by, setBy] = useState<'stay_id' | 'person_id'>(filters.person_id ? 'person_id' : 'stay_id');
  const [text, setText] = useState(filters[by] ?? '');
  const apply = (value: string) =>
    set({ person_id: undefined, stay_id: undefined, ...(value.trim() ? { [by]: value.trim() } : {}) });
  return (
    <Space.Compact className="who">
      <Select
        value={by}
        aria-label={queue.search}
        onChange={setBy}
        options={[
          { value: 'stay_id', label: queue.columns.stay.split(' / ')[0] },
          { value: 'person_id', label: stay.person },
        ]}
        popupMatchSelectWidth={120}
      />
      <Input
        ref={search}
        value={text}
        allowClear
        prefix={<SearchOutlined />}
        placeholder={queue.search}
        aria-label={queue.search}
        onChange={(event) => {
          setText(event.target.value);
          if (!event.target.value && (filters.person_id || filters.stay_id)) apply('');
        }}
        onPressEnter={() => apply(text)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </Space.Compact>
  );
}
