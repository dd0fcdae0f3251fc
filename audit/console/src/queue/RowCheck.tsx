import { Checkbox } from 'antd';
import { useTexts } from '../text';

interface Props {
  index: number;
  selected: boolean;
  label: string;
  select: (index: number, to: boolean, range: boolean) => void;
}

// RowCheck selects a row, and with shift all rows since the last one.
export function RowCheck({ index, selected, label, select }: Props) {
  const { queue } = useTexts();
  return (
    <span role="gridcell" className="check" onClick={(event) => event.stopPropagation()}>
      <Checkbox
        checked={selected}
        tabIndex={-1}
        aria-label={`${queue.select} ${label}`}
        onChange={(event) => select(index, event.target.checked, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      />
    </span>
  );
}
