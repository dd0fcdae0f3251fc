import { Checkbox } from 'antd';
import { useTexts } from '../text';

interface Props {
  selected: number;
  of: number;
  all: () => void;
  clear: () => void;
}

// HeadCheck selects all rows that are loaded, or none.
export function HeadCheck({ selected, of, all, clear }: Props) {
  const { queue } = useTexts();
  return (
    <span role="columnheader" className="check">
      <Checkbox
        aria-label={queue.selectAll}
        checked={selected > 0 && selected === of}
        indeterminate={selected > 0 && selected < of}
        onChange={(event) => (event.target.checked ? all() : clear())}
      />
    </span>
  );
}
