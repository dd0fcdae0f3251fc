import { Select, type SelectProps } from 'antd';

export interface Choosing<T extends string> {
  value?: T | '' | undefined; // a form gives both
  onChange?: (chosen: T | undefined) => void;
  id?: string;
}

interface Props<T extends string> extends Choosing<T>, Pick<SelectProps<T>, 'optionRender'> {
  label: string;
  none?: string; // what stands there while nothing is chosen
  options: { value: T; label: string }[];
  many?: boolean; // so many that they are searched
}

// FilterSelect chooses one of some, or none.
export function FilterSelect<T extends string>({ label, none = label, value, onChange, many = false, ...more }: Props<T>) {
  return (
    <Select<T>
      {...more}
      {...(many ? { showSearch: { optionFilterProp: 'label' }, popupMatchSelectWidth: 260 } : { popupMatchSelectWidth: 180 })}
      className={many ? 'filter wide' : 'filter'}
      value={value || null}
      placeholder={none}
      aria-label={label}
      allowClear
      onChange={(chosen: T | undefined) => onChange?.(chosen)}
    />
  );
}
