import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { institutionsQuery } from '../api/reference';
import { useTexts } from '../text';

interface Props {
  value?: string | undefined; // a form gives both
  onChange?: (id: string | undefined) => void;
  id?: string;
  clear?: boolean;
}

// InstitutionSelect chooses an institution by name or number.
export function InstitutionSelect({ value, onChange, id, clear = true }: Props) {
  const { queue } = useTexts();
  const names = useQuery(institutionsQuery).data;
  return (
    <Select<string>
      {...(id ? { id } : {})}
      className="institution-select"
      value={value || null}
      placeholder={queue.institution}
      aria-label={queue.institution}
      allowClear={clear}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={260}
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
      options={[...(names ?? [])].map(([key, name]) => ({ value: key, label: `${name} ${key}` }))}
    />
  );
}
