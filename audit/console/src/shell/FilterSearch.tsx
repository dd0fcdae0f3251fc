import { Input } from 'antd';

interface Props {
  label: string;
  value: string | undefined;
  onSearch: (text: string) => void;
}

// FilterSearch filters by what is typed, once it is.
export function FilterSearch({ label, value, onSearch }: Props) {
  return <Input.Search key={value} className="filter wide" allowClear defaultValue={value} placeholder={label} aria-label={label} onSearch={(text) => onSearch(text.trim())} />;
}
