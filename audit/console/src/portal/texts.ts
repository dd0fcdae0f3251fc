import { areaTexts } from '../text/area';
import { portal as en } from '../text/en.portal';
import { portal as zh } from '../text/zh.portal';

export const usePortal = areaTexts({ zh, en });
