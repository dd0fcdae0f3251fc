import { App, Input, Modal, Button } from 'antd';
import { usePeople } from './texts';

// LinkShown shows a one-time link, once.
export function LinkShown({ name, link, close }: { name: string; link: string; close: () => void }) {
  const { link: texts } = usePeople();
  const { message } = App.useApp();
  const address = window.location.origin + link;
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    void message.success(texts.copied);
  };
  return (
    <Modal open title={texts.title} closable={false} keyboard={false} mask={{ closable: false }} footer={<Button type="primary" onClick={close}>{texts.done}</Button>}>
      <p>{texts.text(name)}</p>
      <div className="beside">
        <Input readOnly className="code" value={address} aria-label={texts.title} onFocus={(event) => event.target.select()} />
        {window.isSecureContext && <Button onClick={() => void copy()}>{texts.copy}</Button>}
      </div>
    </Modal>
  );
}
