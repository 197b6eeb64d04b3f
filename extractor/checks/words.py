"""The words by which the checker tells persons, offices and bodies. It shares none with the rules."""

from __future__ import annotations

FAMILY_NAMES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Đoàn Lâm Trịnh Mai Trương Lương
Hà Cao Tô Tạ Thái Châu Quách Kiều Lưu Phùng Vương Chu Tống Tăng Triệu Vi La Lò Lô Quàng Cầm Giàng Vàng Sùng Thào
Mùa Hạng Lầu Bạch Bành Âu Từ Thân Thạch Sơn Kim Danh Tôn Văn Khổng Nghiêm Doãn Đàm Đồng Hứa Viên Ninh Nông Ma Hầu
Hoa Khuất Lại Mạc Mạch Nhâm Ngụy Phí Quản Thẩm Tiêu Tiếu Trầm Ung Cù Cung Diệp Đậu Giang Hàn Hình Kha Khương Lục
Lều Trang Trà Y A H' K' Rơ Siu Ksor Điểu
""".split()

# places and bodies that begin like a family name
NO_PERSON = (
    r"Hà (?:Nội|Nam|Giang|Tĩnh|Tây|Đông|Tiên)|Cao (?:Bằng|Lãnh)|Thái (?:Bình|Nguyên)|Lâm (?:Đồng|Hà)|Sơn (?:La|Tây)|"
    r"Đồng (?:Nai|Tháp|Hới|Xoài)|Ninh (?:Bình|Thuận)|Kim (?:Sơn|Bôi)|La Gi|Mai (?:Châu|Sơn)|Từ (?:Liêm|Sơn)|"
    r"Y (?:Tế|tế)|Hàn Quốc|Trà (?:Vinh|My)|Châu (?:Thành|Đốc|Phú)|Thạch (?:Thành|Hà)|Đoàn (?:Thanh|Luật|Đại|TN|Khối|ĐB|Chủ)|"
    r"Lương (?:Sơn|Tài)|Lý (?:Nhân|Sơn)|Hồ Chí Minh(?= [^\W\d_])"
)

HONORIFICS = (
    """
ông, bà, anh, chị, cô, chú, bác, em, cụ, đồng chí, đ/c, PGS.TS, GS.TS, TS, ThS, GS, PGS, BS, KS, CN, LS, NSND,
luật sư, bác sĩ, bác sỹ, tiến sĩ, tiến sỹ, thạc sĩ, giáo sư, kỹ sư, cử nhân, đại tướng, thượng tướng, trung tướng,
thiếu tướng, đại tá, thượng tá, trung tá, thiếu tá, đại úy, thượng úy, trung úy, thiếu úy, thượng sĩ, bị cáo, bị can
""".replace("\n", " ")
    .strip()
    .split(", ")
)

# abbreviations of offices and bodies, told apart from words by their capitals
SHORT = dict(
    pair.split("=")
    for pair in """
gđ=giám đốc; pgđ=phó giám đốc; tgđ=tổng giám đốc; ptgđ=phó tổng giám đốc; pct=phó chủ tịch; ct=chủ tịch; bt=bí thư;
pbt=phó bí thư; đb=đại biểu; đbqh=đại biểu quốc hội; ubnd=ủy ban nhân dân; hđnd=hội đồng nhân dân;
hđqt=hội đồng quản trị; hđtv=hội đồng thành viên; mttq=mặt trận tổ quốc; ubmttq=ủy ban mặt trận tổ quốc;
tp=thành phố; tx=thị xã; tư=trung ương; tw=trung ương; bch=ban chấp hành; lđlđ=liên đoàn lao động;
hcm=hồ chí minh; tphcm=thành phố hồ chí minh; ca=công an; qh=quốc hội; ub=ủy ban; vp=văn phòng; gd=giáo dục;
đt=đào tạo; gdđt=giáo dục và đào tạo; gtvt=giao thông vận tải; nn=nông nghiệp; ptnt=phát triển nông thôn;
tnmt=tài nguyên và môi trường; vhttdl=văn hóa thể thao và du lịch; h=huyện; q=quận; p=phường; x=xã; tt=thị trấn;
uv=ủy viên; kh=kế hoạch; bhxh=bảo hiểm xã hội; tnhh=trách nhiệm hữu hạn; cty=công ty; vks=viện kiểm sát;
vksnd=viện kiểm sát nhân dân; tand=tòa án nhân dân; csgt=cảnh sát giao thông; kt=kinh tế; xh=xã hội
""".replace("\n", " ")
    .strip()
    .split("; ")
)

# words that make another office of one: Phó Chủ tịch is not Chủ tịch
RANKS = frozenset("phó thứ trợ tổng chi".split())

# how an office begins
HEADS = (
    "ủy viên|bí thư|phó|chủ tịch|giám đốc|tổng|trưởng|chánh|thứ trưởng|bộ trưởng|thủ tướng|đại biểu|viện trưởng|hiệu trưởng|"
    "cục trưởng|chi cục|chủ nhiệm|tư lệnh|chính ủy|thường trực|đại sứ|nguyên|cựu|quyền|phụ trách|kiêm|thành viên|gđ|pct|đội|tổ|"
    "cán bộ|người"
)

# words that end an office and its body: what follows them is told of somebody else
STOP = (
    r"và (?=các|những|đại diện|lãnh đạo|nhiều|một|cùng)|cùng|với|cho|đã|là|do|tại|có|trao|gặp|tiếp (?:và|tục|đón)|làm việc|thăm|đến|dự (?!án)|nói|đang|sẽ|vừa|cũng|được|bị|"
    "trong|khi|nhưng|thì|theo|phát biểu|nhấn mạnh|chủ trì|thay"
)
